"""The index as tutorials write it."""

from haystack import indexes
from jieba.analyse import ChineseAnalyzer

from .models import StockPassage


class StockPassageIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True, model_attr="text", analyzer=ChineseAnalyzer())
    outlet = indexes.CharField(model_attr="outlet")
    province = indexes.CharField(model_attr="province")
    day = indexes.IntegerField(model_attr="day")

    def get_model(self):
        return StockPassage
