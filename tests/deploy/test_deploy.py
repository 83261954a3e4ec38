"""deploy/ is linted by the tools of its trade, agrees with the program, and says the same everywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from ruamel.yaml import YAML

from api.settings import Settings
from tests.engines import demand, program

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
TOOLS = ROOT / ".venv" / "lint" / "bin"
MANIFESTS = sorted(path for path in (DEPLOY / "kubernetes").glob("*.yaml") if path.name != "kustomization.yaml")


def lint(tool: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a linter of deploy/lint-requirements.lock; `make test` installs them."""
    path = TOOLS / tool
    if not path.is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the linters are not installed: make .venv/lint/.installed")
    return subprocess.run([path, *map(str, arguments)], capture_output=True, text=True, timeout=120)


def read(name: str) -> Any:
    return YAML(typ="safe").load((DEPLOY / name).read_text(encoding="utf-8"))


def deployment() -> dict[str, Any]:
    return read("kubernetes/deployment.yaml")["spec"]["template"]["spec"]["containers"][0]


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, re.MULTILINE))


def test_container_file_has_no_fault() -> None:
    found = lint("hadolint", DEPLOY / "Containerfile")
    assert found.returncode == 0, found.stdout


def test_container_linter_sees_faults(tmp_path: Path) -> None:
    (tmp_path / "Containerfile").write_text("FROM ubuntu\nRUN cd /tmp\n", encoding="utf-8")
    assert "DL3006" in lint("hadolint", tmp_path / "Containerfile").stdout


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_manifest_fits_the_schema_of_kubernetes(path: Path) -> None:
    found = lint("kubernetes-validate", "--strict", path)
    assert found.returncode == 0 and "passed" in found.stdout + found.stderr, found.stdout + found.stderr


def test_manifest_linter_sees_faults(tmp_path: Path) -> None:
    text = (DEPLOY / "kubernetes" / "deployment.yaml").read_text(encoding="utf-8")
    (tmp_path / "d.yaml").write_text(text.replace("readinessProbe", "readynessProbe"), encoding="utf-8")
    assert lint("kubernetes-validate", "--strict", tmp_path / "d.yaml").returncode != 0


def test_compose_file_fits_its_schema() -> None:
    found = lint("check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")
    assert found.returncode == 0, found.stdout


def test_kustomization_names_every_manifest() -> None:
    named = set(read("kubernetes/kustomization.yaml")["resources"])
    assert named == {path.name for path in MANIFESTS} - {"secret.example.yaml"}


def test_probes_ask_for_what_the_service_answers(client: Any) -> None:
    container = deployment()
    paths = {container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")}
    assert paths == {"/health/live", "/health/ready"} <= set(client.get("/openapi.json").json()["paths"])


def test_every_setting_that_is_set_exists() -> None:
    known = {f"VEJVISER_{name.upper()}" for name in Settings.__fields__} | {"VEJVISER_DATABASE_URL"}
    texts = [
        path.read_text(encoding="utf-8")
        for path in DEPLOY.rglob("*")
        if path.is_file() and path.suffix not in (".lock", ".pyc")
    ]
    named = {name for text in texts for name in re.findall(r"VEJVISER_[A-Z_]+", text)}
    assert named and named <= known


def test_examples_hold_no_secret() -> None:
    for name in ("vejviser.env.example", "postgres.env.example", "kubernetes/secret.example.yaml"):
        for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
            if re.search(r"(SECRET|TOKEN|PASSWORD)\b.*[=:]", line) and not line.startswith("#"):
                assert line.endswith("CHANGE-ME")


def test_container_gives_up_what_it_does_not_need() -> None:
    security = deployment()["securityContext"]
    assert security["readOnlyRootFilesystem"] and not security["allowPrivilegeEscalation"]
    assert security["capabilities"] == {"drop": ["ALL"]}
    assert "USER 10001" in (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    for name, service in read("compose.yaml")["services"].items():
        if name.startswith("vejviser"):
            assert service["read_only"] and service["cap_drop"] == ["ALL"]


def test_shutdown_has_the_time_it_may_take() -> None:
    pod = read("kubernetes/deployment.yaml")["spec"]["template"]["spec"]
    assert pod["terminationGracePeriodSeconds"] >= Settings().shutdown_seconds + 10
    assert int(read("compose.yaml")["services"]["vejviser-1"]["stop_grace_period"].rstrip("s")) > Settings().shutdown_seconds


def test_image_installs_what_was_tested_and_no_tensorflow() -> None:
    command = [sys.executable, DEPLOY / "image_requirements.py"]
    lock = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    image, tested = pins(lock), pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert image and image.items() < tested.items()
    assert not {"tensorflow", "keras", "tensorboard", "pytest", "playwright", "schemathesis"} & set(image)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.optional")[0]
    assert {name.replace(".", "-") for name in re.findall(r'^  "([a-z0-9.-]+)', project, re.MULTILINE)} <= set(image)
    assert lock.count("==") == len(image) and lock.count("--hash=") >= len(image)


def test_image_copies_every_room_that_is_imported() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    rooms = re.search(r"packages = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.DOTALL)[1]
    for room in {name.strip().strip('"').split(".")[0] for name in rooms.split(",") if name.strip()}:
        assert f"COPY {room} {room}" in text


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    demand("nginx")
    certificate(tmp_path / "tls")
    for name in ("proxy.conf", "upstream.conf", "vejviser.conf"):
        text = (DEPLOY / "nginx" / name).read_text(encoding="utf-8")
        text = text.replace("/etc/nginx/vejviser", str(tmp_path)).replace("/etc/nginx", str(tmp_path))
        (tmp_path / name).write_text(re.sub(r"vejviser-\d:8080", "127.0.0.1:8080", text), encoding="utf-8")
    main = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ include {tmp_path}/vejviser.conf; }}"
    (tmp_path / "nginx.conf").write_text(main, encoding="utf-8")
    command = [program("nginx"), "-t", "-p", tmp_path, "-e", "stderr", "-c", tmp_path / "nginx.conf"]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert found.returncode == 0, found.stderr


def certificate(folder: Path) -> None:
    """A certificate that signs itself."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "vejviser.example.dk")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = (
        made.serial_number(1)
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime(2020, 1, 1) + timedelta(days=9999))
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private)
