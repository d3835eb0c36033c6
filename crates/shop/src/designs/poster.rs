//! A design's picture as a PNG, for where links are shown: messages, other websites.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::opened::Opened;
use crate::error::ShopError;
use crate::shop::Shop;

/// How wide it is, in pixels.
pub const POSTER_WIDTH: u32 = 1200;
/// How high it is.
pub const POSTER_HEIGHT: u32 = 630;
/// What stays free around the drawing.
const MARGIN: f32 = 36.0;
/// What it stands on: the paper of the pages.
const PAPER: [u8; 3] = [0xf1, 0xec, 0xe4];

impl Shop {
    /// The picture of a design as a PNG of [`POSTER_WIDTH`] by [`POSTER_HEIGHT`]; nothing where its drawing can't be read. Letters that
    /// are texts of the drawing are not in it, since there are no fonts for them.
    ///
    /// # Errors
    /// The shop is busy.
    pub async fn poster(&self, opened: Opened) -> Result<Option<Vec<u8>>, ShopError> {
        let draw = move || {
            let drawings = &opened.revision.bundle.drawings;
            poster(&preview::compose(&opened.product, drawings, &opened.design))
        };
        self.executor.run(draw).await
    }
}

fn poster(picture: &str) -> Option<Vec<u8>> {
    // Pictures of dots are part of the drawing. An address of anything else would be a file of this machine.
    let only_data =
        ImageHrefResolver { resolve_string: Box::new(|_, _| None), ..ImageHrefResolver::default() };
    let options = Options { image_href_resolver: only_data, ..Options::default() };
    let tree = Tree::from_str(picture, &options).ok()?;
    let mut pixels = Pixmap::new(POSTER_WIDTH, POSTER_HEIGHT)?;
    let [red, green, blue] = PAPER;
    pixels.fill(Color::from_rgba8(red, green, blue, u8::MAX));
    let (width, height) = (tree.size().width(), tree.size().height());
    // Both are far below what a float holds exactly.
    let [across, down] =
        [POSTER_WIDTH, POSTER_HEIGHT].map(|pixels| f32::from(u16::try_from(pixels).unwrap_or(u16::MAX)));
    let scale = ((across - 2.0 * MARGIN) / width).min((down - 2.0 * MARGIN) / height);
    let place = Transform::from_row(
        scale,
        0.0,
        0.0,
        scale,
        (across - scale * width) / 2.0,
        (down - scale * height) / 2.0,
    );
    resvg::render(&tree, place, &mut pixels.as_mut());
    pixels.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_stands_in_the_middle_of_the_paper() {
        let square = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="#24385c"/></svg>"##;
        let pixels = Pixmap::decode_png(&poster(square).unwrap()).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (POSTER_WIDTH, POSTER_HEIGHT));
        let colour = |x, y| {
            let pixel = pixels.pixel(x, y).unwrap();
            [pixel.red(), pixel.green(), pixel.blue()]
        };
        assert_eq!(colour(600, 315), [0x24, 0x38, 0x5c]);
        assert_eq!(colour(10, 315), PAPER);
        assert_eq!(colour(600, 10), PAPER);
    }

    #[test]
    fn a_picture_of_dots_is_drawn_and_no_file_is_read() {
        let mut png = Pixmap::new(2, 2).unwrap();
        png.fill(Color::from_rgba8(0x24, 0x38, 0x5c, u8::MAX));
        let file = std::env::temp_dir().join(format!("atelier-poster-{}.png", std::process::id()));
        let png = png.encode_png().unwrap();
        std::fs::write(&file, &png).unwrap();
        let drawn = |href: &str| {
            let picture = format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><image width="100" height="100" href="{href}"/></svg>"#
            );
            let pixel = Pixmap::decode_png(&poster(&picture).unwrap()).unwrap().pixel(600, 315).unwrap();
            [pixel.red(), pixel.green(), pixel.blue()]
        };
        let upload = preview::read_upload("a.svg", &png, None, &preview::Drawings::new()).unwrap().svg;
        let address = upload.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(drawn(address), [0x24, 0x38, 0x5c]);
        assert_eq!(drawn(&file.to_string_lossy()), PAPER);
        std::fs::remove_file(file).unwrap();
    }

    #[test]
    fn what_is_no_drawing_has_no_picture() {
        assert_eq!(poster("<svg"), None);
    }
}
