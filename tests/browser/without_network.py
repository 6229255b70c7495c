"""Runs a command where there is no network but this machine's own address 127.0.0.1.

    unshare --user --map-root-user --net python tests/browser/without_network.py COMMAND ...

`unshare` (util-linux) gives the process a network of its own, which no address outside can be
reached from; it needs no rights where the system allows user namespaces. That network's
loopback is down at first: this brings it up, as `ip link set lo up` does, and runs the command.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys

SET_FLAGS = 0x8914  # SIOCSIFFLAGS of <linux/sockios.h>
UP = 0x1  # IFF_UP of <linux/if.h>
INTERFACE_REQUEST = "16sh22x"  # struct ifreq: name and flags, padded to 40 bytes
SOMEWHERE = ("192.0.2.1", 80)  # set aside for examples, RFC 5737


def main(command: list[str]) -> None:
    """Raises SystemExit while anything outside can be reached; else becomes the command."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack(INTERFACE_REQUEST, b"lo", UP))
        try:
            any_socket.connect(SOMEWHERE)  # asks for a way there, sends nothing
        except OSError:
            os.execvp(command[0], command)
    raise SystemExit("There is a network here. Run this by: unshare --user --map-root-user --net")


if __name__ == "__main__":
    main(sys.argv[1:])
