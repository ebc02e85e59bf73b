"""When something goes wrong outside: the network, a huge photo, an address that never was."""

import io

from PIL import ExifTags, Image
from playwright.sync_api import expect

from closeloop.files.models import Attachment
from tests.builders.records import make_deal
from tests.stories.given import stored
from tests.stories.screen import upload

MEGABYTE = 1024 * 1024


def big_photo(*, at_least: int, taken: str = "") -> bytes:
    """A photo with as much noise as a camera's at night, and the camera's time if it tells one."""
    picture = Image.effect_noise((3600, 2700), 120).convert("RGB")
    facts = Image.Exif()
    if taken:
        facts.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=100, subsampling=0, exif=facts)
    return kept.getvalue() + b"\0" * max(0, at_least - kept.tell())


def test_without_network_a_page_says_so_and_comes_back_on_retry(enter, company):
    stored(make_deal, company.seller, "星海医院 CT")
    page = enter(company.seller, "/r/lead")
    expect(page.get_by_text("还没有线索")).to_be_visible()
    page.route("**/api/records/deal*", lambda route: route.abort("internetdisconnected"))
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="商机").click()
    failed = page.get_by_role("alert").filter(has_text="网络连接中断")
    expect(failed).to_be_visible()
    page.unroute("**/api/records/deal*")
    failed.get_by_role("button", name="重试").click()
    expect(page.get_by_role("link", name="星海医院 CT")).to_be_visible()


def test_a_photo_of_20_megabytes_is_taken_and_made_smaller(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    page = enter(company.seller, f"/r/deal/{deal}?tab=files")
    photo = big_photo(at_least=20 * MEGABYTE)
    upload(page, "其他文件", "现场.jpg", photo, "image/jpeg")
    expect(page.get_by_role("link", name="现场.jpg")).to_be_visible()
    kept = Attachment.objects.get(record_id=deal)
    assert kept.size < 5 * MEGABYTE
    assert max(kept.width, kept.height) == 2560


def test_a_file_that_is_not_what_it_says_is_refused_in_words(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    page = enter(company.seller, f"/r/deal/{deal}?tab=files")
    page.get_by_label("上传其他文件", exact=True).set_input_files(
        {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\0not a pdf"}
    )
    expect(page.get_by_role("status").get_by_text("合同.pdf")).to_be_visible()
    assert not Attachment.objects.filter(record_id=deal).exists()


def test_an_address_that_never_was_leads_home(enter, company):
    page = enter(company.seller, "/nothing/here")
    expect(page.get_by_role("heading", name="张伟，今天先做这些")).to_be_visible()
