//! What happened and what went wrong: the front page, failed jobs, the audit trail.

use super::desk::Desk;
use axum::extract::Path;
use axum::response::Response;
use shop_app::manage::{audit as audit_page, jobs as jobs_page, overview as overview_page, paths};
use shop_core::id::JobId;
use shop_flows::ports::Trail;

pub(super) async fn overview(desk: Desk) -> Response {
    match desk.shop().overview(&desk.member).await {
        Ok(overview) => {
            let shop = desk.shop().clone();
            desk.show(move |frame| {
                overview_page::page(frame, &*shop.clock, shop.settings.shipping.cutoff_hour, overview)
            })
            .await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn jobs(desk: Desk) -> Response {
    match desk.shop().failed_jobs(&desk.member).await {
        Ok(jobs) => {
            let clock = desk.shop().clock.clone();
            desk.show(move |frame| jobs_page::page(frame, &*clock, jobs)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn retry(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = JobId::parse(&id) else { return desk.not_found().await };
    match desk.shop().retry_job(&desk.member, id).await {
        Ok(()) => desk.done(paths::JOBS, "Staat weer in de rij. Binnen een minuut weet je of het lukt.").await,
        Err(error) => desk.failed(paths::JOBS, &error).await,
    }
}

pub(super) async fn audit(desk: Desk) -> Response {
    trail(desk, Trail::Changes).await
}

pub(super) async fn looks(desk: Desk) -> Response {
    trail(desk, Trail::Looks).await
}

async fn trail(desk: Desk, trail: Trail) -> Response {
    match desk.shop().audit_trail(&desk.member, trail).await {
        Ok(lines) => {
            let clock = desk.shop().clock.clone();
            desk.show(move |frame| audit_page::page(frame, &*clock, trail, lines)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn nothing(desk: Desk) -> Response {
    desk.not_found().await
}
