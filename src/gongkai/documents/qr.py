"""A text as a QR code (ISO/IEC 18004), drawn as a vector picture."""

from io import BytesIO


def qr_svg(text: str) -> bytes:
    """The code of a text as an SVG file, with the quiet zone that the standard asks for."""
    # Only letters with an address need it.
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.image.svg import SvgPathImage

    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, image_factory=SvgPathImage)
    code.add_data(text)
    file = BytesIO()
    code.make_image().save(file)
    return file.getvalue()
