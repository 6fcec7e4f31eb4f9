//! Builds the program again when the site inside it changed.

#[expect(clippy::disallowed_methods, reason = "a build script has no settings to be handed")]
fn main() {
    println!("cargo::rerun-if-env-changed=SITE_DIR");
    if let Some(site) = std::env::var_os("SITE_DIR") {
        // The build of the site writes this file last and only when something changed.
        println!("cargo::rerun-if-changed={}", std::path::Path::new(&site).join("manifest.json").display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=migrations");
}
