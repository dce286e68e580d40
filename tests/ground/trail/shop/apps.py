from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "tests.ground.trail.shop"
    label = "shop"
    trailed = True
