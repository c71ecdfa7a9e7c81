//! The address at which the preview listens.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs};

/// The port that is tried first.
const PORT: u16 = 4000;
/// How many ports are tried after it.
const TRIES: u16 = 50;

/// A place to listen at, taken before anything else is done.
pub struct Bound {
    /// The open door.
    pub listener: TcpListener,
    /// The host as it was asked for.
    pub host: String,
    /// Where it is.
    pub address: SocketAddr,
    /// The usual port, where another program has it.
    pub taken: Option<u16>,
}

impl Bound {
    /// What to type into the browser of this machine, without a slash at the end.
    pub fn origin(&self) -> String {
        let host = match self.address.ip() {
            ip if ip.is_unspecified() => "127.0.0.1".to_string(),
            IpAddr::V6(_) if self.host.contains(':') => format!("[{}]", self.host.trim_matches(['[', ']'])),
            _ => self.host.clone(),
        };
        format!("http://{host}:{}", self.address.port())
    }

    /// Whether other machines can come in.
    pub fn public(&self) -> bool {
        !self.address.ip().is_loopback()
    }
}

/// Takes a port: the given one or none, else the first that is free.
///
/// # Errors
/// With a sentence that says why there is none, and a way out.
pub fn bind(host: &str, port: Option<u16>) -> Result<Bound, (String, &'static str)> {
    let name = host.trim_matches(['[', ']']);
    let ports = port.map_or(PORT..=PORT + TRIES, |port| port..=port);
    let mut first_error = None;
    for port in ports {
        let listener = match listen(name, port) {
            Ok(listener) => listener,
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                first_error.get_or_insert(error);
                continue;
            }
            Err(error) => return Err(cannot(host, &error)),
        };
        let address = listener.local_addr().map_err(|error| cannot(host, &error))?;
        let taken = first_error.is_some().then_some(PORT);
        return Ok(Bound { listener, host: host.to_string(), address, taken });
    }
    Err(match port {
        Some(port) => (format!("port {port} is in use"), "leave out `--port` to take the next free one"),
        None => (format!("the ports {PORT} to {} are all in use", PORT + TRIES), "choose another with `--port`"),
    })
}

fn listen(name: &str, port: u16) -> io::Result<TcpListener> {
    let addresses: Vec<SocketAddr> = (name, port).to_socket_addrs()?.collect();
    let listener = TcpListener::bind(addresses.as_slice())?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn cannot(host: &str, error: &io::Error) -> (String, &'static str) {
    let reason = error.to_string();
    let reason = reason.split(" (os error").next().unwrap_or(&reason).to_lowercase();
    (format!("the preview cannot listen at `{host}`: {reason}"), "choose another address with `--host` or `--port`")
}
