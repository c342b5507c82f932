from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("goals", "0005_means")]

    operations = [
        migrations.AddField(
            model_name="means",
            name="key",
            field=models.CharField(blank=True, max_length=100),
        ),
    ]
