"""The check in a mailbox: a filter for the mail server, and a hook for one message.

Bytes become phases (`frames`, `session`), phases a `Mail`; what is judged in a worker (`judge`) is decided without any
input or output (`alone`, `policy`, `decide`); `gate` joins these with what is kept (`memory`, `records`, `reports`).
"""
