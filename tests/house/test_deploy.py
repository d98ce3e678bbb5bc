"""What is deployed hangs together: files parse, commands exist, variables are documented, no secret is written down."""

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from archive.browse.guard import bodies
from archive.settings.table import TABLE

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = {row.name for row in TABLE}
#: Settings that a container has from its image, and those of which the one small container has no use.
OF_THE_IMAGE = {"HOST", "PORT"}
NOT_OF_THE_SMALL = {"DATA_DIR", "DATABASE_URL", "DATABASE_POOL", "SEARCH_URL", "SEARCH_INDEX", "SEARCH_SHARDS", "SEARCH_REPLICAS"}  # fmt: skip
#: Variables that belong to the containers of others, or to compose itself.
OF_CONTAINERS = {"POSTGRES_PASSWORD", "TLS_DIR", "OPENSEARCH_JAVA_OPTS"}
COMPOSE = {name: yaml.safe_load((DEPLOY / name).read_text()) for name in ("compose.yaml", "compose.small.yaml")}
SERVICES = [(name, key) for name, file in COMPOSE.items() for key in file["services"]]
UNITS = sorted((DEPLOY / "systemd").glob("*"))
EXAMPLE = (DEPLOY / "environment.example").read_text()
CONTAINER = (DEPLOY / "Containerfile").read_text()


def exists(command: list[str]) -> bool:
    """Whether a command of ours, given as words, names files of this project and a command that manage.py knows."""
    program, *rest = [word.removeprefix("/srv/archive/") for word in command]
    if program == ".venv/bin/python" and rest[0] == "manage.py":
        return rest[1] in get_commands()
    if program == ".venv/bin/python":
        return (ROOT / rest[0]).is_file()
    if program == ".venv/bin/gunicorn":
        return rest[0] == "--config" and (ROOT / rest[1]).is_file() and rest[-1] == "archive.wsgi:application"
    return (ROOT / program).is_file() and bool((ROOT / program).stat().st_mode & 0o100)


def test_the_check_on_commands_sees_what_does_not_exist():
    assert not exists([".venv/bin/python", "manage.py", "no_such_command"])
    assert not exists(["/srv/archive/deploy/nothing"])


@pytest.mark.parametrize(("file", "name"), SERVICES)
def test_a_service_has_a_health_check_a_command_that_exists_and_declared_volumes(file, name):
    made = COMPOSE[file]
    service = made["services"][name]
    if "build" in service:
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
        command = service.get("command") or re.search(r'^CMD \["(.*)"\]$', CONTAINER, re.M)[1].split('", "')
        assert exists(command)
        # Every other one: what somebody sets in deploy/.env must not be left at the door.
        left = OF_THE_IMAGE | (NOT_OF_THE_SMALL if file == "compose.small.yaml" else set())
        assert set(service["environment"]) == SETTINGS - left
    ends = service.get("restart") == "no"
    assert ends or "healthcheck" in service
    if test := service.get("healthcheck", {}).get("test"):
        assert test[0] in ("CMD", "CMD-SHELL")
        if ".venv/bin/python" in test:
            assert exists(test[1:])
    for volume in service.get("volumes", []):
        source = re.sub(r"\$\{[^}]*\}", "/variable", volume).split(":")[0]
        if source.startswith("./"):
            assert (DEPLOY / source).is_file()
        else:
            assert source.startswith("/") or source in made["volumes"]
    for other, how in service.get("depends_on", {}).items():
        assert other in made["services"]
        if how["condition"] == "service_healthy":
            assert made["services"][other]["healthcheck"].get("test")
        if how["condition"] == "service_completed_successfully":
            assert made["services"][other]["restart"] == "no"
    assert set(service.get("networks", [])) <= set(made.get("networks", {}))


def test_every_variable_is_documented_and_every_setting_stands_in_the_example():
    named = set(re.findall(r"^#([A-Z_]+)=", EXAMPLE, re.M))
    assert named == SETTINGS | OF_CONTAINERS
    for name in COMPOSE:
        assert set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / name).read_text())) <= named, name
    for row in TABLE:
        assert f"# {row.sentence}\n#{row.name}={row.default}\n" in EXAMPLE
    assert not re.findall(r"^[^#\n]", EXAMPLE, re.M)


def test_gunicorn_reads_only_settings_of_the_table():
    read = set(re.findall(r"environ\.get\([\"']([A-Z_]+)", (DEPLOY / "gunicorn.conf.py").read_text()))
    assert "PORT" in read
    assert read <= SETTINGS


@pytest.mark.parametrize("path", [path for path in sorted(DEPLOY.rglob("*")) if path.is_file()], ids=lambda p: p.name)
def test_no_secret_is_written_down(path):
    text = path.read_text()
    assert "PRIVATE KEY" not in text
    for name, value in re.findall(r"(\w*(?:PASSWORD|SECRET|TOKEN)\w*)[^\S\n]*[:=][^\S\n]*([^\s}]*)", text):
        assert not value or value.startswith(("${", "?")), f"{name} has a value in {path.name}"
    for user, password in re.findall(r"://(\w+):([^@\s]+)@", text):
        assert password.startswith("${") or (user, password) == ("user", "password")


def test_a_command_has_the_settings_of_the_units(tmp_path):
    """deploy/manage in a copy whose manage.py tells what it was given."""
    for folder in ("deploy", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(DEPLOY / "manage", tmp_path / "deploy" / "manage")
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    (tmp_path / "manage.py").write_text("import json, os, sys\nprint(json.dumps([dict(os.environ), sys.argv[1:]]))\n")
    file = tmp_path / "environment"
    lines = [
        "# a note",
        "",
        "#HTTPS=0",
        "SITE_URL=https://archive.example.org",
        'MAIL_FROM=" a b "',
        "EDITOR_NAME=a$HOME `id` 'b' #c",
    ]
    file.write_text("\n".join(lines))  # the last line has no end
    run = [tmp_path / "deploy" / "manage", "backup", "/backup/a b"]
    environment = {"PATH": os.environ["PATH"], "ENVIRONMENT_FILE": str(file), "RUN_AS": "root"}
    done = subprocess.run(run, env=environment, cwd="/", capture_output=True, text=True, check=True)
    given, words = json.loads(done.stdout)
    assert words == ["backup", "/backup/a b"]
    assert (given["SITE_URL"], given["MAIL_FROM"], given["EDITOR_NAME"]) == (
        "https://archive.example.org",
        " a b ",
        "a$HOME `id` 'b' #c",
    )
    assert "HTTPS" not in given
    absent = {**environment, "ENVIRONMENT_FILE": str(tmp_path / "absent")}
    refused = subprocess.run(run, env=absent, capture_output=True, text=True, check=False)
    assert refused.returncode == 1 and "absent cannot be read" in refused.stderr
    (tmp_path / ".venv/bin/python").unlink()
    unusable = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    assert unusable.returncode == 1 and "cannot run .venv/bin/python" in unusable.stderr
    if os.geteuid() == 0:
        unknown = subprocess.run(
            run, env={**environment, "RUN_AS": "nobody-of-that-name"}, capture_output=True, text=True, check=False
        )
        assert unknown.returncode == 1 and "no user" in unknown.stderr


def test_hosts_and_ports_meet():
    whole = COMPOSE["compose.yaml"]["services"]
    upstream = re.search(r"server (\w+):(\d+);", (DEPLOY / "nginx" / "upstream-compose.conf").read_text())
    assert upstream[1] in whole
    assert (
        upstream[2]
        == next(row.default for row in TABLE if row.name == "PORT")
        == re.search(r"EXPOSE (\d+)", CONTAINER)[1]
    )
    nodes = [name for name, service in whole.items() if "opensearch" in service["image"]]
    site = whole["site"]["environment"]
    assert site["SEARCH_URL"] == ",".join(f"http://{node}:9200" for node in nodes)
    assert len(nodes) == 3
    for node in nodes:
        environment = whole[node]["environment"]
        assert environment["node.name"] == node
        assert (
            environment["discovery.seed_hosts"]
            == environment["cluster.initial_cluster_manager_nodes"]
            == ",".join(nodes)
        )
    assert re.search(r"@(\w+):5432/(\w+)", site["DATABASE_URL"]).groups() == (
        "database",
        whole["database"]["environment"]["POSTGRES_DB"],
    )
    # pg_dump must not be older than its server.
    assert (
        re.search(r"postgresql-client-(\d+)", CONTAINER)[1]
        == re.search(r"postgres:(\d+)", whole["database"]["image"])[1]
    )
    assert site["TRUSTED_PROXIES"] == whole["nginx"]["networks"]["inside"]["ipv4_address"]
    assert not {name for name, service in whole.items() if "ports" in service} - {"nginx"}


def test_nginx_refuses_what_the_site_would_refuse():
    limits = [
        int(one) for one in re.findall(r"client_max_body_size (\d+)m", (DEPLOY / "nginx" / "archive.conf").read_text())
    ]
    uploads = int(next(row.default for row in TABLE if row.name == "UPLOAD_LIMIT_MB"))
    assert limits == [bodies.READERS // 2**20, uploads + bodies.FORM_ALLOWANCE // 2**20]


@pytest.mark.parametrize("upstream", ["upstream-local.conf", "upstream-compose.conf"])
def test_nginx_reads_its_settings(tmp_path, upstream):
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin")
    if not nginx:
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    run = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
    subprocess.run(
        [*run, "-keyout", tmp_path / "archive.key", "-out", tmp_path / "archive.crt"], check=True, capture_output=True
    )
    conf = (DEPLOY / "nginx" / "archive.conf").read_text().replace("/etc/nginx/tls", str(tmp_path))
    conf = conf.replace("/var/log/nginx", str(tmp_path))
    hosts = (DEPLOY / "nginx" / upstream).read_text().replace("site:8000", "127.0.0.1:8000")
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{hosts}\n{conf}\n}}\n")
    told = subprocess.run(
        [nginx, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert "[warn]" not in told.stderr


def read_unit(path: Path) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str
    unit.read_string(path.read_text())
    return unit


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_what_exists(path):
    unit = read_unit(path)
    if path.suffix == ".timer":
        assert path.with_suffix(".service") in UNITS
        assert unit["Timer"]["OnCalendar"]
        return
    service = unit["Service"]
    for key in ("ExecStartPre", "ExecStart", "ExecReload"):
        if key in service:
            assert exists(service[key].split()), service[key]
    assert service["User"] == "archive"
    assert service["EnvironmentFile"] == "/etc/archive/environment"
    assert service["NoNewPrivileges"] == "yes"


def test_systemd_finds_nothing_wrong(tmp_path):
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd is not installed")
    for path in UNITS:  # programs stand elsewhere here: the code is where it is
        text = path.read_text().replace("/srv/archive/.venv/bin/python", "/bin/true")
        text = text.replace("/srv/archive/.venv/bin/gunicorn", "/bin/true")
        (tmp_path / path.name).write_text(re.sub(r"/srv/archive/deploy/\S+", "/bin/true", text))
    told = subprocess.run(
        [analyze, "verify", "--man=no", *sorted(tmp_path.glob("archive-*"))], capture_output=True, text=True, check=False
    )  # fmt: skip
    # Units of the host itself may be complained about; ours may not.
    assert not [line for line in told.stderr.splitlines() if "archive-" in line], told.stderr
    assert told.returncode == 0, told.stderr
