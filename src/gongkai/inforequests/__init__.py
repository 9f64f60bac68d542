"""Information requests (依申请公开): the letter, each thing asked, what happens to it, the answer."""
