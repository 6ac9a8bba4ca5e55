internal import VouchCore
