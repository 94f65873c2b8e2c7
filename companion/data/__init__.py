"""Real data. Small sets come with scikit-learn, so that no lesson needs the network.

Only here does the companion touch scikit-learn, and only when a data set is asked for. For those
who have the files of MNIST or CIFAR-10, there are loaders of their real formats: a file is read
whole or refused, no pickle is ever opened, and an archive is unpacked nowhere but where it should
be.

>>> images, labels = digits()
>>> images.shape
(1797, 64)
>>> breast_cancer().classes
('benign', 'malignant')
"""

from companion.data._cifar import CIFAR10_CHECKSUM, CIFAR10_CLASSES, cifar10, read_cifar10
from companion.data._files import CorruptFileError, extract, verify
from companion.data._mnist import MNIST_CHECKSUMS, LabelledImages, mnist, read_idx
from companion.data._shipped import (
    Digits,
    Photograph,
    Table,
    breast_cancer,
    digits,
    photograph,
    wine,
)

__all__ = [
    "CIFAR10_CHECKSUM",
    "CIFAR10_CLASSES",
    "MNIST_CHECKSUMS",
    "CorruptFileError",
    "Digits",
    "LabelledImages",
    "Photograph",
    "Table",
    "breast_cancer",
    "cifar10",
    "digits",
    "extract",
    "mnist",
    "photograph",
    "read_cifar10",
    "read_idx",
    "verify",
    "wine",
]
