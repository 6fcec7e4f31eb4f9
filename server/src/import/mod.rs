//! `allgems import`: products, sizes, prices and pictures from a product CSV, as Shopify exports it. All or nothing: with one
//! faulty row nothing changes. A second import of the same file writes nothing.
//!
//! The way through: [`csv_file`] rows → [`rows`] of one handle → [`product`] in one colour → [`images`] on the disk →
//! [`plan`] beside what the shop has → one transaction. Nothing is fetched from the internet.

mod colour;
mod columns;
mod csv_file;
mod decor;
mod fibre;
mod folder;
mod html;
mod images;
mod options;
mod plan;
mod product;
mod report;
mod rows;
mod size_line;
mod write;

pub use csv_file::FileProblem;
pub use decor::{Decor, read_decor};
pub use images::original_path;
pub use report::{Remark, Report};

use columns::Columns;
use csv_file::Sheet;
use folder::Folder;
use images::{Gallery, Task};
use plan::Found;
use product::{Photo, Wanted};
use report::Remarks;
use shop_core::catalog::{Picture, Product};
use shop_flows::ports::{Clock, Random, Store, StoreError};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

/// What to import, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOptions {
    /// The product file.
    pub file: PathBuf,
    /// The folder with the pictures that the file names; without it pictures stay as they are.
    pub images: Option<PathBuf>,
    /// Where the files of pictures go.
    pub pictures_dir: PathBuf,
    /// Only tell what would happen.
    pub dry_run: bool,
    /// Also set the stock of sizes that the shop has already. New sizes always get the stock of the file.
    pub set_stock: bool,
    /// Who does it, for the count log and the audit trail.
    pub actor: String,
    /// Ask for AVIF files of new pictures.
    pub avif: bool,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The file is being read.
    Reading,
    /// Pictures are being made.
    Pictures {
        /// Ready.
        done: usize,
        /// In all.
        total: usize,
    },
    /// The database is being written.
    Writing,
}

/// Why nothing could be imported at all. Faults in rows are no error but a [`Report`].
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file or folder cannot be read.
    #[error("{path} is niet te lezen: {source}", path = path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error("{path} is niet te schrijven: {source}", path = path.display())]
    Unwritable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no readable CSV.
    #[error(transparent)]
    File(#[from] FileProblem),
    /// Columns that no product file can do without.
    #[error("Dit lijkt geen productbestand: deze kolommen ontbreken: {}.", .0.join(", "))]
    MissingColumns(Vec<&'static str>),
    /// The files of a picture cannot be made, for instance because the disk is full.
    #[error("De foto's zijn niet klaar te zetten: {0}")]
    Picture(#[source] shop_pictures::PictureError),
    /// The database.
    #[error("De database doet het niet mee: {0}")]
    Store(#[from] StoreError),
    /// Work in the background broke off.
    #[error("Het importeren is onverwacht gestopt.")]
    Stopped,
}

/// Imports a product file. `Ok` with a report also when rows have faults ([`Report::is_refused`]); then nothing has changed.
pub async fn import(
    store: &Arc<dyn Store>,
    clock: &dyn Clock,
    random: &dyn Random,
    options: &ImportOptions,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Report, ImportError> {
    progress(Progress::Reading);
    let file = options.file.clone();
    let sheet = blocking(move || csv_file::open(&file)).await?;
    let columns = Columns::read(&sheet.header).map_err(ImportError::MissingColumns)?;
    let existing = store.read().await?.products().await?;
    let mut remarks = Remarks::default();
    let wanted: Vec<Wanted> = rows::group(&sheet, &columns, &mut remarks)
        .iter()
        .flat_map(|article| product::read(article, random, clock.now(), &mut remarks))
        .collect();
    plan::check(&wanted, &existing, &mut remarks);
    let mut report = Report {
        dry_run: options.dry_run,
        rows: sheet.rows.len(),
        products: wanted.len(),
        sizes: wanted.iter().map(|wanted| wanted.lines.len()).sum(),
        unused_columns: unused(&sheet, &columns),
        ..Report::default()
    };
    if !remarks.faults.is_empty() {
        remarks.faults.sort_by_key(|fault| fault.row);
        (report.faults, report.notes) = (remarks.faults, remarks.notes);
        return Ok(report);
    }

    let folder = open_folder(options, &wanted, &mut remarks).await?;
    let old_decor = read_decor(&options.pictures_dir);
    let task = task(options, &wanted, folder.as_ref(), &existing, &old_decor);
    let gallery = images::prepare(task, &mut |done, total| progress(Progress::Pictures { done, total })).await?;
    let decor = new_decor(folder.as_ref(), &gallery, &old_decor, &mut remarks);
    report.pictures_made = gallery.made;
    report.decor = decor.0.len();

    progress(Progress::Writing);
    let look = |photo: &Photo| look_up(photo, folder.as_ref(), &gallery);
    let sources = write::Sources { wanted: &wanted, look: &look, decor: &decor, old_decor: &old_decor };
    write::write(store, clock.now(), random, options, &sources, &mut report, &mut remarks).await?;
    report.notes = remarks.notes;
    Ok(report)
}

/// Runs work that waits for the disk where it holds nobody up.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ImportError> + Send + 'static,
) -> Result<T, ImportError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ImportError::Stopped)?
}

fn unused(sheet: &Sheet, columns: &Columns) -> Vec<String> {
    let holds_something = |index: usize| sheet.rows.iter().any(|row| !row.cell(index).is_empty());
    columns.unused.iter().filter(|(index, _)| holds_something(*index)).map(|(_, name)| name.clone()).collect()
}

async fn open_folder(
    options: &ImportOptions,
    wanted: &[Wanted],
    remarks: &mut Remarks,
) -> Result<Option<Folder>, ImportError> {
    let Some(path) = options.images.clone() else {
        let photos: usize = wanted.iter().map(|wanted| wanted.photos.len()).sum();
        if photos > 0 {
            remarks.general(format!("Het bestand noemt {photos} foto's, maar er is geen map met foto's opgegeven (--images). Aan de foto's is niets veranderd."));
        }
        return Ok(None);
    };
    blocking(move || Folder::open(&path).map_err(|source| ImportError::Unreadable { path, source })).await.map(Some)
}

fn task(
    options: &ImportOptions,
    wanted: &[Wanted],
    folder: Option<&Folder>,
    existing: &[Product],
    old_decor: &BTreeMap<String, Picture>,
) -> Task {
    let mut paths: BTreeSet<PathBuf> = BTreeSet::new();
    if let Some(folder) = folder {
        let photos = wanted.iter().flat_map(|wanted| &wanted.photos);
        paths.extend(photos.filter_map(|photo| folder.find(&photo.source)).map(PathBuf::from));
        paths.extend(folder.decor().map(|(_, path)| path.to_owned()));
    }
    let placed = existing.iter().flat_map(|product| &product.pictures);
    let known: HashMap<String, Picture> =
        old_decor.values().chain(placed).map(|picture| (picture.key.clone(), picture.clone())).collect();
    Task {
        paths: paths.into_iter().collect(),
        pictures_dir: options.pictures_dir.clone(),
        known,
        dry_run: options.dry_run,
    }
}

fn look_up(photo: &Photo, folder: Option<&Folder>, gallery: &Gallery) -> Found {
    let Some(folder) = folder else { return Found::NotLooked };
    match folder.find(&photo.source).and_then(|path| gallery.by_path.get(path)) {
        Some(Ok(picture)) => Found::Picture(picture.clone()),
        Some(Err(reason)) => Found::Missing(reason.clone()),
        None => Found::Missing("deze foto staat niet in de map met foto's".to_owned()),
    }
}

/// The pictures of the home page: those of the folder, and what was there before.
fn new_decor(
    folder: Option<&Folder>,
    gallery: &Gallery,
    old: &BTreeMap<String, Picture>,
    remarks: &mut Remarks,
) -> Decor {
    let mut decor = old.clone();
    for (name, path) in folder.iter().flat_map(|folder| folder.decor()) {
        match gallery.by_path.get(path) {
            Some(Ok(picture)) => {
                decor.insert(name.to_owned(), Picture { alt: String::new(), ..picture.clone() });
            }
            Some(Err(reason)) => remarks.general(format!("{name} (voorpagina): {reason}.")),
            None => {}
        }
    }
    Decor(decor)
}
