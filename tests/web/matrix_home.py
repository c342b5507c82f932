"""Who may what: the way in."""

from tests.web.matrix import Row

ROWS = [
    Row("home", "302 302 302 302 302 302"),
    Row("theme", "200 200 200 200 200 200"),
    Row("language", "302 302 302 302 302 302", "POST", data=lambda world, role: {"language": "ru"}),
    Row("language", "405 405 405 405 405 405"),
]
