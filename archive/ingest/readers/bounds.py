"""What a reader accepts, and why. Sizes in bytes."""

#: One page of text or HTML, held in memory. The largest newspaper page we have met has 0.1 MB,
#: the largest saved web page 2 MB.
PAGE_LIMIT = 8 * 2**20

#: One line of JSON lines or one record of a table. A page of HTML inside JSON grows by a half at most.
RECORD_LIMIT = 12 * 2**20

#: Members of a zip, containers within included: a county paper of three years has about 10,000 pieces.
MEMBER_LIMIT = 20_000

#: All members of a zip together, unpacked, containers within included.
UNPACKED_LIMIT = 2 * 2**30

#: A table or an inner zip inside a zip is held in memory.
INNER_LIMIT = 64 * 2**20

#: Unpacked size over packed size. News text packs 3 to 8 times, pages full of menus up to 40 times;
#: a bomb packs 1,000 times. Members below RATIO_FROM are too small to harm.
RATIO_LIMIT = 150
RATIO_FROM = 2**20

#: zip → zip → page, and no deeper.
NESTING_LIMIT = 2

#: Unpacked size of a workbook: its sheets are read as a stream, its shared strings are not.
WORKBOOK_LIMIT = 300 * 2**20

#: Columns of a table that are looked at.
COLUMN_LIMIT = 200

#: What is looked at to recognise format and encoding.
HEAD = 64 * 2**10
