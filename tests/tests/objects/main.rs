//! Objects: the S3 endpoint over a folder, any other that is there, and the pictures that come into it.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

mod conformance;
mod pictures;
mod renditions;
mod shipped;

use std::{path::PathBuf, sync::Arc};

use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder};
use mcom::objects::Endpoint;
use mcom_data::objects::{Objects, Storage};
use mcom_schema::{Entropy, SystemEntropy};

/// An endpoint over a folder of the test's own, which goes with it.
struct Folder {
    path: PathBuf,
    endpoint: Endpoint,
}

impl Folder {
    async fn open() -> Folder {
        let path = std::env::temp_dir().join(format!("mcom-objects-{}", SystemEntropy.token(9)));
        let endpoint = endpoint(&path).await;
        Folder { path, endpoint }
    }

    fn storage(&self) -> &Storage {
        &self.endpoint.storage
    }

    async fn objects(&self) -> Arc<Objects> {
        let objects = Objects::at(self.storage()).unwrap();
        objects.prepare().await.unwrap();
        Arc::new(objects)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// Some hundred bytes that say they are a picture of 65,535 by 65,535.
fn bomb() -> Vec<u8> {
    let mut file = vec![];
    JpegEncoder::new(&mut file).write_image(&[99; 8 * 8 * 3], 8, 8, ExtendedColorType::Rgb8).unwrap();
    let frame = file.windows(2).position(|marker| marker == b"\xff\xc0").unwrap();
    file[frame + 5..frame + 9].fill(0xff);
    file
}

async fn endpoint(path: &std::path::Path) -> Endpoint {
    Endpoint::open(path, "127.0.0.1:0".parse().unwrap(), &SystemEntropy).await.unwrap()
}
