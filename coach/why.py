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

# Windows tells more than the number that Python makes of it (13, no permission, for a file that is open).
_OF_WINDOWS = {32: "in_use", 33: "in_use", 123: "bad_name", 206: "name_too_long"}


def why(error: OSError) -> str:
    """The word for an error of the system; "other" for those that people do not meet."""
    told = _OF_WINDOWS.get(getattr(error, "winerror", None) or 0)
    if told is not None:
        return told
    if error.errno == errno.EEXIST and error.filename is None:
        return "no_permission"  # so tempfile ends on Windows where it may make no file in a folder, after many tries
    return _WORDS.get(error.errno or 0, "other")
