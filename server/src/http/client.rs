//! Who asks: the network of the connection's peer, or of whom a proxy reports that the settings name.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Once};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;
use shop::{Client, for_client};

use super::site::Site;
use crate::settings::{Proxies, ProxyHeader};

const X_FORWARDED_FOR: &str = "x-forwarded-for";
/// Whoever comes without a connection.
const NOBODY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// Hands on who asks, as an extension and to all that thinks.
pub(super) async fn know(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(NOBODY, |ConnectInfo(peer)| peer.ip());
    warn_of_unnamed_proxy(peer, request.headers(), &site.proxies);
    let address = address(peer, request.headers(), &site.proxies);
    let client = Client::new(&network(address));
    request.extensions_mut().insert(client.clone());
    request.extensions_mut().insert(Neighbourhood::of(address));
    for_client(client, next.run(request)).await
}

/// What the log tells of who asks: enough to tell a flood from a crowd, and of no person where they are.
#[derive(Clone, Debug)]
pub(super) struct Neighbourhood(pub(super) String);

impl Neighbourhood {
    /// The first 24 bits of an IPv4 address, the first 48 of an IPv6 address.
    fn of(address: IpAddr) -> Self {
        let length = if address.is_ipv4() { 24 } else { 48 };
        Self(IpNet::new(address, length).map(|network| network.trunc().to_string()).unwrap_or_default())
    }
}

/// Says once that all clients count as one, which a shop behind a proxy on its own machine would hardly notice.
fn warn_of_unnamed_proxy(peer: IpAddr, headers: &HeaderMap, proxies: &Proxies) {
    static SAID: Once = Once::new();
    let is_reported = headers.contains_key(X_FORWARDED_FOR) || headers.contains_key(header::FORWARDED);
    if proxies.proxies.is_empty() && is_reported && peer.to_canonical().is_loopback() {
        SAID.call_once(|| {
            tracing::warn!(
                "a proxy on this machine reports clients and is not believed: all count as one, within the limits of one; \
                 name it with --proxies 127.0.0.1/32,::1/128"
            );
        });
    }
}

/// What one client is known by: an IPv4 address, or the first 64 bits of an IPv6 address, which one client has all of.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{}/64", Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

/// The address of the last one in the row who is none of our proxies: what stands further left may be made up.
fn address(peer: IpAddr, headers: &HeaderMap, Proxies { proxies, proxy_header }: &Proxies) -> IpAddr {
    let mut known = peer.to_canonical();
    let is_proxy = |address: IpAddr| proxies.iter().any(|proxies: &IpNet| proxies.contains(&address));
    let reported = match proxy_header {
        ProxyHeader::Forwarded => listed(headers, header::FORWARDED.as_str(), forwarded_for),
        ProxyHeader::XForwardedFor => listed(headers, X_FORWARDED_FOR, Some),
    };
    for hop in reported.iter().rev() {
        if !is_proxy(known) {
            break;
        }
        // Whom a proxy can't name, it answers for.
        let Some(hop) = hop.as_deref().and_then(read_address) else { break };
        known = hop.to_canonical();
    }
    known
}

/// The parts of a header that is a list, in order, each as it is read from it.
fn listed<'h>(
    headers: &'h HeaderMap,
    name: &str,
    read: impl Fn(&'h str) -> Option<&'h str>,
) -> Vec<Option<Arc<str>>> {
    let values = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default());
    values.flat_map(|value| value.split(',')).map(|part| read(part).map(Arc::from)).collect()
}

/// The value of `for` in one element of `Forwarded` (RFC 7239, section 4).
fn forwarded_for(element: &str) -> Option<&str> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| value.trim().trim_matches('"'))
    })
}

/// An address, with or without brackets and port.
fn read_address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    fn known(peer: &str, header: ProxyHeader, sent: &[(&str, &str)]) -> String {
        let proxies = ["10.0.0.0/8", "2001:db8:f::/48"].map(|proxies| proxies.parse().unwrap()).to_vec();
        let proxies = Proxies { proxies, proxy_header: header };
        let sent = sent.iter().map(|(name, value)| {
            (name.parse::<HeaderName>().unwrap(), value.parse::<axum::http::HeaderValue>().unwrap())
        });
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            headers.append(name, value);
        }
        network(address(peer.parse().unwrap(), &headers, &proxies))
    }

    #[test]
    fn a_client_is_its_network() {
        for (peer, client) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(known(peer, ProxyHeader::XForwardedFor, &[]), client);
        }
    }

    #[test]
    fn the_log_tells_where_about_a_client_is() {
        for (address, told) in [("192.0.2.7", "192.0.2.0/24"), ("2001:db8:1:2::9", "2001:db8:1::/48")] {
            assert_eq!(Neighbourhood::of(address.parse().unwrap()).0, told);
        }
    }

    #[test]
    fn proxies_that_are_named_are_believed_and_nobody_else() {
        let report = |peer, sent: &[&str]| {
            let sent: Vec<_> = sent.iter().map(|value| (X_FORWARDED_FOR, *value)).collect();
            known(peer, ProxyHeader::XForwardedFor, &sent)
        };
        for (peer, sent, client) in [
            ("192.0.2.7", &["198.51.100.1"][..], "192.0.2.7"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["203.0.113.5, 198.51.100.1, 10.3.0.1"], "198.51.100.1"),
            ("10.0.0.1", &["203.0.113.5", "198.51.100.1:4711"], "198.51.100.1"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", &["203.0.113.5, nonsense"], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.5, nonsense, 10.0.0.9"], "10.0.0.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &[""], "10.0.0.1"),
            ("::ffff:10.0.0.1", &["[2001:db8:1:2::9]:80"], "2001:db8:1:2::/64"),
            ("2001:db8:f::1", &["2001:db8:1:2::9"], "2001:db8:1:2::/64"),
        ] {
            assert_eq!(report(peer, sent), client, "{peer} {sent:?}");
        }
    }

    #[test]
    fn one_header_is_read_and_the_other_may_be_made_up() {
        let sent = [
            ("forwarded", "for=203.0.113.5, For=\"[2001:db8:1:2::9]:4711\";proto=https;by=10.0.0.1"),
            (X_FORWARDED_FOR, "198.51.100.1"),
        ];
        assert_eq!(known("10.0.0.1", ProxyHeader::Forwarded, &sent), "2001:db8:1:2::/64");
        assert_eq!(known("10.0.0.1", ProxyHeader::XForwardedFor, &sent), "198.51.100.1");
        for hidden in ["for=_hidden", "for=unknown", "proto=https", "for"] {
            assert_eq!(known("10.0.0.1", ProxyHeader::Forwarded, &[("forwarded", hidden)]), "10.0.0.1");
        }
    }
}
