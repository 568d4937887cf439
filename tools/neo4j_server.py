"""A real Neo4j Community server on this machine alone, from the jars of Maven Central: no Docker, nothing to install.

python tools/neo4j_server.py start    starts it in the background and says how to reach it
python tools/neo4j_server.py stop     stops it
python tools/neo4j_server.py fetch    only fetches what tests need: Java, Maven, the jars

The jars are kept in $XDG_CACHE_HOME/graphalign, the database with its log in $XDG_STATE_HOME/graphalign.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent / "neo4j"
PORT = 7687
USER = "neo4j"
STARTS_WITHIN = 600  # seconds, on a machine that does much else
STOPS_WITHIN = 120
OPENED = [f"--add-opens=java.base/java.{name}=ALL-UNNAMED" for name in ("nio", "io", "lang")]
OPENED.append("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")


class Release(NamedTuple):
    """A release of Neo4j: its full version, the Javas it runs on, and what starts it."""

    version: str
    oldest_java: int
    newest_java: int
    main: str


RELEASES: Mapping[str, Release] = {
    "5.26": Release("5.26.28", 17, 21, "org.neo4j.server.CommunityEntryPoint"),
    # No jar of it holds a main class: ours is compiled as it starts, which takes a JDK.
    "2026.09": Release("2026.09.0", 21, 99, str(HERE / "CommunityServer.java")),
}


class MissingError(Exception):
    """Something is not there and cannot be installed from here; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["start", "stop", "fetch"])
    parser.add_argument("--port", type=int, default=PORT, help=f"where it listens, on 127.0.0.1; default {PORT}")
    parser.add_argument("--release", choices=list(RELEASES), default="5.26", help="default 5.26")
    parser.add_argument("--heap", default="1g", help="the most memory that queries get; default 1g")
    parser.add_argument("--pagecache", default="256m", help="the memory that caches the database; default 256m")
    asked = parser.parse_args(arguments)
    home = _folder("XDG_STATE_HOME", ".local/state") / "server"
    try:
        if asked.command == "fetch":
            fetch()
        elif asked.command == "stop":
            print("neo4j: stopped" if stop(home) else "neo4j: none is running")
        else:
            _start(home, asked)
    except MissingError as error:
        print(f"neo4j: {error}", file=sys.stderr)
        return 1
    return 0


def _start(home: Path, asked: argparse.Namespace) -> None:
    uri = f"bolt://127.0.0.1:{asked.port}"
    if (pid := running(home)) is None:
        server = Server(home, asked.port, asked.release, heap=asked.heap, pagecache=asked.pagecache)
        server.start()
        pid = server.pid
        env = f"export NEO4J_URI={uri}\nexport NEO4J_USERNAME={USER}\nexport NEO4J_PASSWORD={server.password}\n"
        _write_secret(home / "env", env)
        print(f"neo4j: {asked.release} answers at {uri} (process {pid})")
    else:
        print(f"neo4j: runs already (process {pid})")
    print(f"  log       {home / 'logs' / 'neo4j.log'}\n  connect   . {home / 'env'}\n  stop      make neo4j-stop")


def fetch() -> list[str]:
    """Fetch what a server needs, installing Java and Maven where that is allowed.

    Returns
    -------
    list of str
        The releases that this machine can run: 5.26, and 2026.09 where a JDK for it is found.
    """
    names = ["5.26"]
    java_for(RELEASES["5.26"])
    jars(RELEASES["5.26"])
    newest = RELEASES["2026.09"]
    if find_java(newest) is not None:
        jars(newest)
        names.append("2026.09")
    return names


@dataclass
class Server:
    """A server of its own: a home folder, a port, a password.

    Parameters
    ----------
    home
        Its folder; made if need be, kept when it stops.
    port
        Where it listens, on 127.0.0.1 only.
    release
        A name in `RELEASES`.
    heap, pagecache
        Bounds of its memory.
    settings
        Further lines of neo4j.conf.
    options
        Further options of Java.
    """

    home: Path
    port: int
    release: str = "5.26"
    heap: str = "1g"
    pagecache: str = "256m"
    settings: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[str] = ()
    _process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its process; 0 before it was started."""
        return self._process.pid if self._process else 0

    @property
    def uri(self) -> str:
        """Its address."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """The password of the user neo4j, generated when the home is first used."""
        return (self.home / "password").read_text("utf-8").strip()

    @property
    def java(self) -> list[str]:
        """Java with the release's jars, ready for a main class: also for neo4j-admin, `org.neo4j.cli.AdminTool`."""
        release = RELEASES[self.release]
        return [str(java_for(release)), f"-Xmx{self.heap}", *self.options, *OPENED, "-cp", str(jars(release) / "*")]

    def configure(self) -> None:
        """Write neo4j.conf, and on first use a password."""
        (self.home / "conf").mkdir(parents=True, exist_ok=True)
        settings = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            "server.bolt.advertised_address": f"127.0.0.1:{self.port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "server.memory.pagecache.size": self.pagecache,
            "dbms.usage_report.enabled": "false",
            "db.tx_log.preallocate": "false",
            **self.settings,
        }
        text = "".join(f"{name}={value}\n" for name, value in settings.items())
        (self.home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")
        if not (self.home / "password").exists():
            password = secrets.token_urlsafe(18)
            # What neo4j-admin's set-initial-password writes; that would show the password to whoever lists processes.
            _write_secret(self.home / "data" / "dbms" / "auth.ini", f"{USER}:{_hashed(password)}:\n")
            _write_secret(self.home / "password", password + "\n")

    def start(self) -> None:
        """Start it in the background and wait until it answers.

        Raises
        ------
        MissingError
            If the port is taken, or it ends before it answers.
        """
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                raise MissingError(f"port {self.port} is taken; name another: --port {self.port + 1}") from None
        self.configure()
        release = RELEASES[self.release]
        command = [
            *self.java,
            "-Xms128m",
            release.main,
            f"--home-dir={self.home}",
            f"--config-dir={self.home / 'conf'}",
        ]
        log = self.home / "logs" / "neo4j.log"
        log.unlink(missing_ok=True)
        with (self.home / "output").open("wb") as out:
            process = self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
        (self.home / "pid").write_text(f"{process.pid}\n", encoding="utf-8")
        until = time.monotonic() + STARTS_WITHIN
        while not re.search(r"INFO +Started\.\s*$", _said(log), re.MULTILINE):
            if process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise MissingError(
                    f"the server did not start; its log: {log}\n{_end(_said(self.home / 'output') + _said(log))}"
                )
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it in good order."""
        if self._process:
            self._process.terminate()
            self._process.wait(STOPS_WITHIN)
            (self.home / "pid").unlink(missing_ok=True)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()


def running(home: Path) -> int | None:
    """Return the process of the server with this home, None where none runs."""
    try:
        pid = int((home / "pid").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    # A number may have gone to another process since.
    return pid if f"--home-dir={home}" in _command_of(pid) else None


def _command_of(pid: int) -> str:
    if Path("/proc/self/cmdline").exists():
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
        return ""
    return subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout


def stop(home: Path) -> bool:
    """Stop the server with this home; return whether one ran."""
    pid = running(home)
    if pid is not None:
        os.kill(pid, signal.SIGTERM)
        if not _wait(pid):
            os.kill(pid, signal.SIGKILL)
            _wait(pid)
    (home / "pid").unlink(missing_ok=True)
    return pid is not None


def _wait(pid: int) -> bool:
    until = time.monotonic() + STOPS_WITHIN
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def free_port() -> int:
    """Return a port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_java(release: Release) -> Path | None:
    """Return a Java that the release runs on, None where there is none: JAVA_HOME, the path, then /usr/lib/jvm."""
    homes = [os.environ.get("JAVA_HOME"), *map(str, sorted(Path("/usr/lib/jvm").glob("*")))]
    candidates = [Path(home) / "bin" / "java" for home in homes if home]
    if on_path := shutil.which("java"):
        candidates.insert(1 if homes[0] else 0, Path(on_path))
    compiles = release.main.endswith(".java")
    for java in dict.fromkeys(path.resolve() for path in candidates if path.is_file()):
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
        number = re.search(r'version "(\d+)', said)
        fits = number is not None and release.oldest_java <= int(number[1]) <= release.newest_java
        if fits and (not compiles or java.with_name("javac").exists()):
            return java
    return None


def java_for(release: Release) -> Path:
    """Return a Java that the release runs on, installed where that is allowed.

    Raises
    ------
    MissingError
        If there is none and it cannot be installed.
    """
    with _locked():
        java = find_java(release)
        if java is None:
            for package in ("openjdk-17-jdk-headless", "openjdk-21-jdk-headless"):
                if _installed(package):
                    break
            java = find_java(release)
    if java is None:
        oldest, newest = release.oldest_java, release.newest_java
        raise MissingError(
            f"Java {oldest} to {newest} is missing; run: sudo apt-get install openjdk-{oldest}-jdk-headless, "
            "or set JAVA_HOME"
        )
    return java


def jars(release: Release) -> Path:
    """Return the folder of a release's jars, fetched by Maven when first asked for.

    Raises
    ------
    MissingError
        If Maven is missing and cannot be installed, or does not get them.
    """
    folder = _folder("XDG_CACHE_HOME", ".cache") / f"neo4j-{release.version}"
    if folder.is_dir():
        return folder
    with _locked():
        if folder.is_dir():
            return folder
        maven = shutil.which("mvn") or (shutil.which("mvn") if _installed("maven") else None)
        if maven is None:
            raise MissingError("Maven is missing; run: sudo apt-get install maven")
        print(f"neo4j: fetching the jars of {release.version} into {folder} ...", file=sys.stderr, flush=True)
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        command = [maven, "-B", "-q", "-f", str(HERE / "pom.xml"), f"-Dneo4j.version={release.version}"]
        done = subprocess.run(
            [*command, "dependency:copy-dependencies", f"-DoutputDirectory={part}"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise MissingError(f"Maven did not get the jars of {release.version}:\n{done.stdout[-2000:]}")
        part.rename(folder)
    return folder


def _installed(package: str) -> bool:
    """Install a package of the system where that is allowed; return whether that went well."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print(f"neo4j: installing {package} ...", file=sys.stderr, flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    subprocess.run(["apt-get", "update", "-qq"], env=env, capture_output=True, check=False)
    return subprocess.run(install, env=env, capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    """Let one process at a time fetch and install."""
    cache = _folder("XDG_CACHE_HOME", ".cache")
    with (cache / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _folder(variable: str, default: str) -> Path:
    folder = Path(os.environ.get(variable) or Path.home() / default) / "graphalign"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write_secret(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _hashed(password: str, rounds: int = 1024) -> str:
    salt = secrets.token_bytes(32)
    total = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(rounds - 1):
        total = hashlib.sha256(total).digest()
    return f"SHA-256,{total.hex()},{salt.hex()},{rounds}"


def _said(log: Path) -> str:
    return log.read_text("utf-8", "replace") if log.exists() else ""


def _end(text: str) -> str:
    return "\n".join(text.splitlines()[-8:])


if __name__ == "__main__":
    sys.exit(main())
