"""The usual recipe as a site of its own: django-haystack, its Whoosh backend, and jieba's ready-made analyzer."""
