"""Files: static ones from the package, uploads under the installation's data folder."""

from gongkai.config.environment import DATA, folder

STATIC_URL = "/static/"
STATIC_ROOT = folder(DATA / "static")
MEDIA_ROOT = folder(DATA / "files")
FILE_UPLOAD_TEMP_DIR = folder(DATA / "uploads")
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "gongkai.ui.finders.StylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
BUNDLE_ROOT = DATA / "bundle"
