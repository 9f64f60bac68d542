"""Files: static ones from the package, uploads under the installation's data folder."""

from gongkai.config.environment import DATA, folder

STATIC_URL = "/static/"
STATIC_ROOT = folder(DATA / "static")
MEDIA_ROOT = folder(DATA / "files")
FILE_UPLOAD_TEMP_DIR = folder(DATA / "uploads")
# Whatever is uploaded lies in our folder, where the child that inspects it finds it, and is wiped.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "gongkai.ui.finders.BundleFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
BUNDLE_ROOT = DATA / "bundle"
