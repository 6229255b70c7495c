"""The only Streamlit toolbox: what every page shares with the reader."""
