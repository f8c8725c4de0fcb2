"""The Streamlit entry: page set-up and navigation only."""

import streamlit as st

from assistant.ui.chat import show_chat

st.set_page_config(page_title="综合指数分析助手", page_icon="🌿", layout="centered")
show_chat()
