"""Stories about money in which everything goes wrong on the way, played by number: `make chaos`.

A seed decides who buys, pays, gives, redeems, subscribes, asks for her money back or fights for it; which of
the events about it are lost, late, doubled and out of order; and when a worker dies, by statement. All of it
goes the real way: the local payment server and its courier, our endpoint, the inbox, two workers, the look
back. After each step, what our rows say must be something the payment service has said, never something older
than what they said before; in the end they must say what it says then, worked out here by other means.

    play ──► acts      what people and banks do       truth    what the payment service says, after each act
         ├─► post      events on a bad line           kept     what our rows say, in one statement
         ├─► workers   two of them, step by step      watch    the one against the other, after every step
         └─► settling  what time brings               ending   the same in the end, to the last row and letter

`python -m tests.chaos --seed 17` plays one story and tells it.
"""
