"""What a browser sends besides what is typed."""

from django.test import Client


def carried(client: Client, address: str) -> dict[str, str]:
    """What the form of a page carries unseen: the state of the row that it shows, the id of the row that it adds."""
    form = client.get(address).context.get("form")
    hidden = form.hidden_fields() if form is not None else []
    return {bound.html_name: bound.value() for bound in hidden if bound.value() is not None}
