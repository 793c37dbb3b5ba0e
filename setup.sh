#!/usr/bin/env bash
# Sets up a virtual environment in .venv and runs one job:
#   bash setup.sh demo    the main job on seeds/: read, extract, answer who signed what and when
#   bash setup.sh test    the tests
#   bash setup.sh env     only the environment
# Needs Python 3.11 to 3.13; on Debian it installs python3-venv by itself where that is missing and may be installed.
set -euo pipefail
cd "$(dirname "$0")"

python=${PYTHON:-python3}
job=${1:-demo}

"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || {
  echo "setup.sh: $python is not Python 3.11 to 3.13: name one with PYTHON=..." >&2
  exit 2
}

if [ ! -x .venv/bin/pip ]; then
  rm -rf .venv
  if ! "$python" -m venv .venv >/dev/null 2>&1; then
    command -v apt-get >/dev/null || { echo "setup.sh: $python has no venv module: install it" >&2; exit 2; }
    sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq python3-venv >/dev/null
    rm -rf .venv
    "$python" -m venv .venv
  fi
fi

extra=""
[ "$job" = demo ] || extra="[dev,docs]"
stamp=.venv/installed-${job}-$(cat pyproject.toml setup.sh | sha256sum | cut -c1-16)
if [ ! -e "$stamp" ]; then
  .venv/bin/pip install --quiet --disable-pip-version-check --editable ".$extra"
  touch "$stamp"
fi

# What tests need beyond Python: Chromium, and axe-core and sparqljs from npm. Without them those tests are skipped.
browser_and_npm() {
  if ! command -v chromium >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 ||
      echo "setup.sh: Chromium could not be installed: the tests in a browser are skipped" >&2
  fi
  if command -v npm >/dev/null && [ ! -d web/node_modules/sparqljs ]; then
    (cd web && npm ci --silent --no-fund --no-audit) >/dev/null 2>&1 ||
      echo "setup.sh: npm ci failed: the tests with axe-core and sparqljs are skipped" >&2
  fi
}

# Apache Jena, another SPARQL engine, which must give the same answers. Without it those tests are skipped.
jena() {
  if [ ! -e /usr/share/java/jena-arq.jar ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    {
      apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless libapache-jena-java
    } >/dev/null 2>&1 || echo "setup.sh: Apache Jena could not be installed: the tests with it are skipped" >&2
  fi
}

case $job in
  demo)
    .venv/bin/kg build seeds --store kg-store --turtle kg.ttl
    ;;
  test)
    browser_and_npm
    jena
    .venv/bin/python -m pytest
    ;;
  env) ;;
  *) echo "setup.sh: no job $job: demo, test or env" >&2; exit 2 ;;
esac
