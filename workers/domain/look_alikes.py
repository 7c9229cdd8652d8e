"""Letters that look like Latin ones."""

_ROWS = """
a аαɑᴀ
b ьвʙβ
c сϲᴄ
d ԁᴅ
e еєεҽᴇ
f ғꜰϝ
g ɡɢ
h һнʜ
i іιıɪӏ
j јʝᴊ
k кκᴋ
l ʟłⅼ
m мᴍ
n пηɴո
o оοσօᴏө
p рρᴘ
q ԛ
r гʀя
s ѕꜱ
t тτᴛ
u υսᴜц
v ѵνᴠ
w ѡԝωᴡ
x хχ
y уүγʏ
z ᴢ
"""
"""The Latin letter, then its doubles."""

LATIN: dict[str, str] = {double: row[0] for row in _ROWS.split("\n") if row for double in row[2:]}
"""The Latin letter that each double looks like."""
