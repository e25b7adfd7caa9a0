"""Checks a folder of seals with nothing of this program: Python's own SM3 and the ``openssl`` command.

``python3 verify_seals.py FOLDER`` prints one line a seal and ends with status 1 at the first that is wrong. The form of
the files is told in ``docs/operations/record-and-seals.md``; this is the same once more, as a program.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

SM2_PUBLIC = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
"""What stands before the 65 bytes of the point in the usual wrapping of a public key."""
IDENTITY = "1234567812345678"


def sm3(data: bytes) -> bytes:
    """The SM3 digest."""
    return hashlib.new("sm3", data).digest()


def _integer(number: bytes) -> bytes:
    plain = number.lstrip(b"\0") or b"\0"
    plain = b"\0" + plain if plain[0] & 0x80 else plain
    return b"\x02" + bytes([len(plain)]) + plain


def signature_holds(point: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` (r‖s) is of ``message`` under the public key ``point``, says openssl."""
    body = _integer(signature[:32]) + _integer(signature[32:])
    with tempfile.TemporaryDirectory() as folder:
        key, signed, told = (Path(folder) / name for name in ("key.der", "signature.der", "message"))
        key.write_bytes(SM2_PUBLIC + point)
        signed.write_bytes(b"\x30" + bytes([len(body)]) + body)
        told.write_bytes(message)
        command = ["openssl", "dgst", "-sm3", "-verify", str(key), "-keyform", "DER"]
        command += ["-sigopt", f"distid:{IDENTITY}", "-signature", str(signed), str(told)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def fault(path: Path, number: int, previous: bytes) -> str | None:
    """What is wrong with the seal at ``path``, None when nothing is."""
    above, found, tail = path.read_bytes().rpartition(b"signature ")
    head, _, rest = above.partition(b"\n\n")
    facts = dict(line.split(" ", 1) for line in head.decode("ascii").splitlines())
    lines, _, count = rest.rpartition(b"\n\n")
    if not found or facts.get("bihuan-seal") != "1" or facts["number"] != str(number):
        return "not the seal its name says"
    if facts["previous"] != previous.hex():
        return "does not follow the seal before"
    if count != b"entries %d\n" % len(lines.splitlines()):
        return "does not hold as many entries as it says"
    public = path.with_name(f"key-{facts['key']}.pub")
    if not public.exists():
        return f"no public key {public.name}"
    point = bytes.fromhex(public.read_text(encoding="ascii"))
    if sm3(point).hex()[:16] != facts["key"]:
        return f"{public.name} is another key"
    if not signature_holds(point, sm3(above), bytes.fromhex(tail.decode("ascii"))):
        return "the signature does not hold"
    return None


def main(folder: Path) -> int:
    """Check every seal in ``folder``, the first one being number 1."""
    previous = bytes(32)
    paths = sorted(folder.glob("*.seal"), key=lambda path: int(path.stem))
    for number, path in enumerate(paths, start=1):
        wrong = fault(path, number, previous)
        print(f"{path.name}: {wrong or 'good'}")
        if wrong:
            return 1
        previous = sm3(path.read_bytes())
    return 0 if paths else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
