"""A passage as a model; no table is ever made, haystack only needs the class."""

from django.db import models


class StockPassage(models.Model):
    text = models.TextField()
    outlet = models.CharField(max_length=200)
    province = models.CharField(max_length=100)
    day = models.IntegerField()

    class Meta:
        app_label = "stock_site"
        managed = False

    def __str__(self) -> str:
        return self.text[:20]
