"""Why the system would not open a file, in a word that the message catalogue explains (keys ``why_…``)."""

from __future__ import annotations

import errno

_WORDS = {
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "no_folder",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "read_only",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EISDIR: "is_directory",
}


def why(error: OSError) -> str:
    """The word for an error of the system; "other" for those that people do not meet."""
    return _WORDS.get(error.errno or 0, "other")
