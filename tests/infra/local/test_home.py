"""Files that the local cloud keeps on disk are their owner's alone."""

import stat

from infra.local import emulator
from infra.local.home import Home

PORT = 4599


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_home_is_closed_to_other_users(tmp_path):
    home = Home(tmp_path / "new" / "home", PORT)
    home.create()

    assert mode(home.path) == 0o700


def test_a_home_that_an_earlier_version_left_open_is_closed(tmp_path):
    (tmp_path / "home").mkdir(mode=0o755)
    (tmp_path / "home").chmod(0o755)
    Home(tmp_path / "home", PORT).create()

    assert mode(tmp_path / "home") == 0o700


def test_what_the_cloud_and_its_functions_write_is_their_owners_alone(restartable, tmp_path):
    cloud, written = restartable, tmp_path / "written"
    cloud.client("cognito-idp").create_user_pool(PoolName="cats")
    cloud.invoke(cloud.function(f"def handler(event, context):\n    open({str(written)!r}, 'w').close()\n"))
    emulator.snapshot(cloud.home)

    state = cloud.home.path / "state"
    files = [path for path in state.rglob("*") if path.is_file()]
    assert state / "cognito.json" in files
    assert {mode(path) for path in [*files, written]} == {0o600}
