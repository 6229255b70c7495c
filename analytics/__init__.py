"""What Sejahtera thinks and keeps. Nothing here knows Streamlit."""

__version__ = "0.1.0"
