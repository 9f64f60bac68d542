"""What is wrong in a text. Text in, findings out; nothing is ever changed."""
