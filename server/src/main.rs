//! The program: arguments in, exit code out.

use clap::Parser;
use shop_server::command::{self, Arguments};
use shop_server::config::Environment;
use std::process::ExitCode;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Two processors are too few for pages that wait for each other; threads that wait cost nothing.
const FEWEST_THREADS: usize = 4;
/// A picture that is being encoded does not hold up the end.
const PATIENCE: Duration = Duration::from_millis(500);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    shop_server::tls::install();
    let processors = std::thread::available_parallelism().map_or(FEWEST_THREADS, std::num::NonZero::get);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(processors.max(FEWEST_THREADS)).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            // When nobody listens any more there is nobody to tell.
            let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("allgems: {error}\n"));
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(command::run(arguments, &Environment::of_process()));
    runtime.shutdown_timeout(PATIENCE);
    code
}
