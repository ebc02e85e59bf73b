# Sourced by the other scripts: goes to the repository and finds a Python >= 3.11 as $python.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PYTHONPATH=$PWD DJANGO_SETTINGS_MODULE=closeloop.config.settings
export CLOSELOOP_VAR=${CLOSELOOP_VAR:-$PWD/var}
for python in "${CLOSELOOP_PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 ""; do
  [ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
done
if [ -z "$python" ]; then
  echo "Closeloop needs Python 3.11 or newer; none was found on PATH (set CLOSELOOP_PYTHON to one)." >&2
  exit 1
fi
