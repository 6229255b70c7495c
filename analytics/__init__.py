"""What Sejahtera thinks and keeps. Nothing here knows Streamlit."""
