"""PNG and JPEG: whether they are whole, and what a camera or a program wrote into them. Knows no Django."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.documents.blocks import Hidden
from gongkai.documents.limits import Damaged, TooLarge
from gongkai.files.kinds import Kind

if TYPE_CHECKING:
    from PIL import Image

_MOST_PIXELS = 100_000_000
"""A sheet of A3 at 600 points per inch has 70 million."""
_GPS = 0x8825
_TAGS = {0x013B: "作者", 0x9C9D: "作者", 0x8298: "版权人"}
_TEXTS = {"Author": "作者", "Artist": "作者"}
_SHOWN = 200


def hidden_in_picture(data: bytes, kind: Kind) -> tuple[Hidden, ...]:
    """What is written into a picture. Raises Damaged for one that is not whole, TooLarge for one of too many points."""
    from PIL import Image, UnidentifiedImageError  # heavy, and only needed here

    try:
        with Image.open(io.BytesIO(data), formats=[kind.name]) as picture:
            width, height = picture.size
            if width * height > _MOST_PIXELS:
                raise TooLarge(f"图片有{width}×{height}个像素，超过上限；请缩小后再上传")
            found = tuple(_written(picture))
            picture.draft("L", (width // 8, height // 8))
            picture.load()
    except UnidentifiedImageError as error:
        raise Damaged("图片已损坏，无法打开；请重新拍摄或导出") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Damaged("图片不完整，无法打开；请重新拍摄或导出") from error
    return found


def _written(picture: "Image.Image") -> Iterator[Hidden]:
    tags = picture.getexif()
    if tags.get_ifd(_GPS):
        yield Hidden("拍摄地点", "图片", "图片记有拍摄地点的经纬度")
    for tag, name in _TAGS.items():
        if str(tags.get(tag, "")).strip():
            yield Hidden("metadata", name, str(tags[tag]).strip()[:_SHOWN])
    for key, name in _TEXTS.items():
        if str(picture.info.get(key, "")).strip():
            yield Hidden("metadata", name, str(picture.info[key]).strip()[:_SHOWN])
