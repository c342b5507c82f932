"""What is kept of taking away: files made, views by name, links, digests and chats."""

from otklik.web.sharing.models.chats import Chat, ChatMessage
from otklik.web.sharing.models.digests import Digest, Sending
from otklik.web.sharing.models.files import HandedOut
from otklik.web.sharing.models.links import ShareLink
from otklik.web.sharing.models.saved import SavedView

__all__ = ["Chat", "ChatMessage", "Digest", "HandedOut", "SavedView", "Sending", "ShareLink"]
