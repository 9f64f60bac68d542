"""The letters of a request (告知书): which there are, their words, how they look on paper, what is wrong with one."""
