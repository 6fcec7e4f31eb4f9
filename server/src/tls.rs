//! The one TLS provider of the process.

/// Makes ring the cryptography of every TLS connection. May be called any number of times.
pub fn install() {
    // An error means that a provider was installed before; the first one stays, and it can only have been this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
