"""Runs a program on a terminal and plays a person: terminal.py [WHAT TEXT]... -- PROGRAM ARGUMENT...

see TEXT   waits until TEXT is shown
type TEXT  types it, and Enter
tab TEXT   types TEXT and Tab, the latter again until more is shown than was typed; the next `see` says what
never TEXT TEXT was not shown from the beginning to the end

Its exit code is the program's, or 1 with all that was shown.
"""

import os
import pty
import select
import sys
import time

split = sys.argv.index("--")
steps = list(zip(sys.argv[1:split:2], sys.argv[2:split:2]))
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[split + 1], sys.argv[split + 1 :])

shown = ""
seen = 0


def read(seconds):
    """Reads for so long; false at the end of what is shown."""
    global shown
    if not select.select([terminal], [], [], seconds)[0]:
        return True
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return False
    shown += data.decode(errors="replace")
    return bool(data)


def fail(why):
    sys.exit(f"{why}; shown was:\n{shown}")


def see(text, meanwhile=lambda: None):
    global seen
    end = time.monotonic() + 60
    while (at := shown.find(text, seen)) < 0:
        if time.monotonic() > end or not read(0.5):
            fail(f"{text!r} was not shown")
        meanwhile()
    seen = at + len(text)


waiting = None
for what, text in steps:
    if what == "see":
        if waiting is None:
            see(text)
        else:
            # The program waits for its platform for a moment only: on a busy machine Tab is pressed again.
            last = [time.monotonic()]

            def again():
                if time.monotonic() - last[0] > 3:
                    os.write(terminal, b"\t")
                    last[0] = time.monotonic()

            see(text, again)
            waiting = None
    elif what == "type":
        os.write(terminal, text.encode() + b"\r")
    elif what == "tab":
        os.write(terminal, text.encode() + b"\t")
        waiting = text
    elif what == "never":
        pass
    else:
        fail(f"no step is named {what!r}")

end = time.monotonic() + 60
while read(0.5):
    if time.monotonic() > end:
        fail("the program does not end")
for what, text in steps:
    if what == "never" and text in shown:
        fail(f"{text!r} was shown")
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
