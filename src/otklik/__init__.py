"""Otklik: how fast do we really serve people, where do they wait, and are we getting faster?"""
