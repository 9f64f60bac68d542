"""One bad file harms no other: hanging in C, crashing, eating memory, printing into the pipe."""

from pathlib import Path

import pytest

from gongkai.batch.frames import Order
from gongkai.batch.supervisor import Job, NotStarted, Pool

ROOT = Path(__file__).parents[2]
JOB = Job("tests.batch.jobs_for_tests:odd")


@pytest.fixture
def pool(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pool = Pool()
    yield pool
    pool.close()


def orders(words, seconds=20.0):
    return [Order(word.encode(), seconds) for word in words]


def test_the_fiftieth_of_a_hundred_files_hangs_in_c_and_the_other_99_are_told(pool):
    words = [f"file{i}" for i in range(100)]
    work = orders(words)
    work[49] = Order(b"hang", 0.5)
    replies = pool.run(JOB, work)
    assert [r.body.decode() for i, r in enumerate(replies) if i != 49] == [
        w.upper() for i, w in enumerate(words) if i != 49
    ]
    assert replies[49].error is not None
    assert replies[49].error.startswith("读取超过 0.5 秒")


@pytest.mark.parametrize(
    ("word", "told"), [("crash", "程序崩溃"), ("eat", "内存超过上限"), ("raise", "异常退出"), ("refuse", "文件已损坏")]
)
def test_a_bad_file_is_one_clear_line_and_the_next_is_read(pool, word, told):
    replies = pool.run(JOB, orders(["a", word, "b"]))
    assert [replies[0].body, replies[2].body] == [b"A", b"B"]
    assert told in replies[1].error
    assert "\n" not in replies[1].error
    assert "Traceback" not in replies[1].error


def test_what_a_library_prints_does_not_disturb_the_replies(pool):
    assert [reply.body for reply in pool.run(JOB, orders(["print", "a"]))] == [b"PRINT", b"A"]


def test_a_closed_pool_leaves_no_child(pool):
    pool.run(JOB, orders(["a"]))
    children = [child._process for child in pool._children]
    pool.close()
    assert children
    assert all(child.poll() is not None for child in children)


def test_a_job_that_cannot_be_loaded_is_told_as_such(pool):
    with pytest.raises(NotStarted):
        pool.run(Job("tests.batch.jobs_for_tests:missing"), orders(["a"]))
