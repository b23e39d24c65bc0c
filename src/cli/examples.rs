//! Examples in help that name a cloud provider.

use crate::providers::ALL;

/// `text` with its placeholders `CLOUD` and `OTHER` replaced by the first and the second provider.
pub(super) fn with_clouds(text: &str) -> String {
    text.replace("CLOUD", ALL[0].slug).replace("OTHER", ALL[1].slug)
}
