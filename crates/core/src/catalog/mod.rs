//! What the shop sells, and how a visitor narrows it down.

mod category;
mod filter;
mod fit;
mod index;
mod product;
mod size;
mod size_table;

pub use category::{Category, slug};
pub use filter::{Filter, GROUPS, PriceBand, Season, Sort};
pub use fit::{Fit, FitTally, FitVerdict};
pub use index::{Facet, FacetValue, Index, Listing};
pub use product::{Availability, Colour, Description, Maker, Picture, Price, Product, Sku, SkuError, Status, Variant};
pub use size::{AgeGroup, Size};
pub use size_table::{SIZE_TABLE, SizeMeasures};
