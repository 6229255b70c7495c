"""Editions: immutable Parquet files named by their hash, built from the ledger, read by reports."""
