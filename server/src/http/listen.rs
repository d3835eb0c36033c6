//! How connections are taken.

use axum::serve::{Listener, ListenerExt};
use tokio::net::{TcpListener, TcpStream};

/// Takes connections that send every answer at once. With Nagle's algorithm the last packet of an answer waits for the
/// browser's acknowledgement of the one before, which on a kept connection comes about 40 ms later.
pub fn without_delay(listener: TcpListener) -> impl Listener<Io = TcpStream, Addr = std::net::SocketAddr> {
    listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::warn!(%error, "a connection answers with a delay");
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn connections_do_not_wait_for_acknowledgements() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut listener = without_delay(listener);
        let client = tokio::spawn(TcpStream::connect(address));
        let (stream, _) = listener.accept().await;
        assert!(stream.nodelay().unwrap());
        client.await.unwrap().unwrap();
    }
}
