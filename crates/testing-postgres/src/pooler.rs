//! PgBouncer before the server, giving out few connections, each for a transaction. It ends with the test process.

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Stdio};
use std::sync::OnceLock;

use crate::programs::{give, pgbouncer, script};

/// Starts it, says so, and ends it once nobody holds the other end of its input any more. $1 its folder, $2 the program, $3
/// the folder of the server's socket.
const GUARD: &str = r#"
    echo '"postgres" ""' >"$1/users"
    cat >"$1/settings" <<END
[databases]
* = host=$3
[pgbouncer]
listen_addr =
unix_socket_dir = $1
listen_port = 5432
auth_type = trust
auth_file = $1/users
pool_mode = transaction
default_pool_size = 3
max_client_conn = 300
server_idle_timeout = 1
END
    "$2" "$1/settings" >"$1/log" 2>&1 </dev/null &
    pooler=$!
    until [ -S "$1/.s.PGSQL.5432" ]; do kill -0 $pooler || { cat "$1/log"; exit 1; }; sleep 0.02; done
    echo ready
    exec >/dev/null 2>&1
    read -r _
    kill $pooler
    wait $pooler
    rm -rf "$1"
"#;

/// The folder of its socket, for the server with this one.
pub(crate) fn socket(server: &Path) -> &'static Path {
    static POOLER: OnceLock<(PathBuf, ChildStdin)> = OnceLock::new();
    &POOLER.get_or_init(|| start(server)).0
}

#[expect(clippy::zombie_processes, reason = "the guard ends with this process")]
fn start(server: &Path) -> (PathBuf, ChildStdin) {
    let folder = tempfile::Builder::new().prefix("atelier-pooler-").tempdir().unwrap().keep();
    give(&folder);
    let mut guard = script(GUARD);
    guard.arg(&folder).arg(pgbouncer()).arg(server);
    let mut guard = guard.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    std::io::BufReader::new(guard.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(said.trim(), "ready", "PgBouncer did not start");
    (folder, guard.stdin.take().unwrap())
}
