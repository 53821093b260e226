"""The web application as a server such as granian loads it."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
